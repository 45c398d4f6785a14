package org.resticmanager.singlesignon;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;

/**
 * The provider as it describes itself, and what verifies its tokens.
 *
 * @param idTokens which say who signs in
 * @param logoutTokens which say who has signed out there
 */
record Described(
    OIDCProviderMetadata metadata, IDTokenValidator idTokens, LogoutTokenValidator logoutTokens) {}
