import { decimal, listOf, meanings, oneOf, text, url } from './kinds.js';
import { optional, setting } from './setting.js';

/** Those that sign with a key of their own: none that a public key could be taken for a secret of, and not `none`. */
const algorithms = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA'] as const),
] as const;

const roles = ['viewer', 'planner', 'approver', 'admin', 'instance'] as const;

/** What is believed of an issuer of OpenID Connect. Nothing is without the issuer. */
export const openIdTable = {
  oidcIssuer: optional(url('http:', 'https:'), {
    name: 'IONLOOP_OIDC_ISSUER',
    meaning:
      'Issuer of OpenID Connect whose bearer tokens are taken beside tokens of Ionloop, exactly as its tokens name it.',
  }),
  oidcAudience: optional(text, {
    name: 'IONLOOP_OIDC_AUDIENCE',
    meaning: 'What the issuer’s tokens must name as their audience; needed where there is an issuer.',
  }),
  oidcKeys: optional(url('http:', 'https:'), {
    name: 'IONLOOP_OIDC_KEYS',
    defaultShown: 'as the issuer’s discovery says',
    meaning: 'Address of the issuer’s public keys (JWKS).',
  }),
  oidcAlgorithms: setting(
    listOf(oneOf(algorithms), `some of ${algorithms.join(', ')}`),
    'RS256,PS256,ES256,EdDSA',
    {
      name: 'IONLOOP_OIDC_ALGORITHMS',
      meaning: 'By which algorithms the issuer’s tokens may be signed.',
    },
  ),
  oidcClockSeconds: setting(decimal(0, 300), '30', {
    name: 'IONLOOP_OIDC_CLOCK_SECONDS',
    meaning: 'How far the issuer’s clock may be from ours.',
  }),
  oidcNameClaim: setting(text, 'name', {
    name: 'IONLOOP_OIDC_NAME_CLAIM',
    meaning:
      'Claim with the person’s name for the record; where a token has none: preferred_username, email, sub.',
  }),
  oidcRoleClaim: setting(text, 'roles', {
    name: 'IONLOOP_OIDC_ROLE_CLAIM',
    meaning: 'Claim that roles are read from; dots lead into it, as in realm_access.roles.',
  }),
  oidcRoles: setting(
    meanings(oneOf(roles), 'role'),
    'ionloop-admin=admin,ionloop-approver=approver,ionloop-planner=planner,ionloop-viewer=viewer',
    {
      name: 'IONLOOP_OIDC_ROLES',
      meaning:
        'Which role a word of that claim gives; the first one counts that a token has. The roles are viewer, planner, approver, admin, and instance, which is an admin of the whole instance.',
    },
  ),
  oidcWorkspaceClaim: optional(text, {
    name: 'IONLOOP_OIDC_WORKSPACE_CLAIM',
    meaning: 'Claim that the workspace is read from; everybody is in the default one without.',
  }),
  oidcWorkspaces: optional(meanings(text, 'workspace'), {
    name: 'IONLOOP_OIDC_WORKSPACES',
    meaning:
      'Which workspace a word of that claim gives; the first one counts that a token has. Without, the claim is the workspace’s id.',
  }),
} as const;
