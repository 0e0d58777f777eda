/** Text of a single sign-on configuration, as an administrator would type it. */

/** A configuration of version 1.0: everyone gets `defaultRole`, members of the group `lab` get `roles`. */
export function signOnConfig({ defaultRole, roles }: { readonly defaultRole: string; readonly roles: readonly string[] }): string {
  return `version: "1.0"
default_role: ${defaultRole}
mappings:
  - schema:
      type: object
      required: [groups]
    roles:
${roles.map((role) => `      - ${role}\n`).join('')}`;
}
