// An identity provider for the tests: who signs in as GROUP.NAME is NAME, and in that group.
//   node provider.mjs PORT CONTROL_PLANE   with OIDC_PROVIDER=…/node_modules/oidc-provider/lib/index.js
const { default: Provider } = await import(process.env.OIDC_PROVIDER);
const [port, controlPlane] = process.argv.slice(2);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: 'restic-manager',
      client_secret: process.env.CLIENT_SECRET,
      redirect_uris: [`${controlPlane}/single-sign-on/return`],
      post_logout_redirect_uris: [`${controlPlane}/sign-in.xhtml`],
      backchannel_logout_uri: `${controlPlane}/single-sign-on/back-channel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  features: { backchannelLogout: { enabled: true } },
  claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
  pkce: { required: () => true },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      preferred_username: id.substring(id.indexOf('.') + 1),
      groups: [id.substring(0, id.indexOf('.'))],
    }),
  }),
});
provider.listen(Number(port), '127.0.0.1');
