package org.resticmanager.protocol.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * On a component whose empty text, empty list, 0 or false says no more than its absence: it is then
 * left out of the frame. Without this, everything that is not null is written.
 *
 * <p>Every component of an extension has it (or is null when unused), so that a peer which has not
 * named the extension never sees its key.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@interface OmitEmpty {}
