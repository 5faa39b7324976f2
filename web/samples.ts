/** What stands for a value of an example where nothing has been asked yet. */

const organization = 'org_06fjw2k8n4c7t9v1x3z5b6d8e0'

const values: Record<string, string> = {
  run: '7',
  organization,
  parent: 'org_06fjw2k8n4c7t9v1x3z5b6d8dz',
  handle: 'new-partner-7',
  first: 'org_06fjw2k8n4c7t9v1x3z5b6d8e1',
  second: 'org_06fjw2k8n4c7t9v1x3z5b6d8e2',
  role: 'rol_06fjw2k8n4c7t9v1x3z5b6d8e3',
  group: 'grp_06fjw2k8n4c7t9v1x3z5b6d8e4',
  person: 'per_06fjw2k8n4c7t9v1x3z5b6d8e5',
  person_with_password: 'per_06fjw2k8n4c7t9v1x3z5b6d8f0',
  person_with_second_step: 'per_06fjw2k8n4c7t9v1x3z5b6d8e9',
  person_waiting: 'per_06fjw2k8n4c7t9v1x3z5b6d8ea',
  email_above: 'sofia@example.com',
  invitation: 'inv_06fjw2k8n4c7t9v1x3z5b6d8eb',
  earlier_invitation: 'inv_06fjw2k8n4c7t9v1x3z5b6d8ec',
  account: 'sva_06fjw2k8n4c7t9v1x3z5b6d8e6',
  grant: 'grn_06fjw2k8n4c7t9v1x3z5b6d8e7',
  own_passkey: 'pky_06fjw2k8n4c7t9v1x3z5b6d8ef',
  own_session: 'ses_06fjw2k8n4c7t9v1x3z5b6d8ed',
  own_device: 'dev_06fjw2k8n4c7t9v1x3z5b6d8ee',
  token_id: 'tok_06fjw2k8n4c7t9v1x3z5b6d8e8',
}

/** `{{name}}` within a text becomes what `say` says. */
export const fill = (text: string, say: (name: string) => string): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => say(name))

/** An example with sample values, at any depth. */
export const filledIn = <T>(example: T, say = (name: string) => values[name] ?? name): T =>
  JSON.parse(fill(JSON.stringify(example), say)) as T
