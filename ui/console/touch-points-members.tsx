/** Invitations, groups, roles and programs, with the states that each page can be in. */
import type { Draw, TouchPoint } from '../touch-point.ts'
import { GiveRole } from './give-role.tsx'
import { GroupPage } from './group.tsx'
import { GroupForm } from './group-form.tsx'
import { GroupMembers } from './group-members.tsx'
import { Groups } from './groups.tsx'
import { OneInvitation } from './invitation.tsx'
import { Invitations } from './invitations.tsx'
import { InvitationsBulk } from './invitations-bulk.tsx'
import { Invite } from './invite.tsx'
import { ProgramPage } from './program.tsx'
import { ProgramForm, TokenForm } from './program-forms.tsx'
import { Programs } from './programs.tsx'
import { RemoveGroup, RemoveProgram, RemoveRole, RevokeToken } from './removals.tsx'
import { RolePage } from './role.tsx'
import { RoleForm } from './role-form.tsx'
import { holdersWords, Roles } from './roles.tsx'
import { sampleFrame, sampleRoster } from './samples.ts'
import {
  sampleGiveable,
  sampleGroup,
  sampleGroupData,
  sampleGroups,
  sampleHolders,
  sampleInvitationData,
  sampleInvitations,
  sampleInvite,
  sampleProgram,
  sampleProgramData,
  samplePrograms,
  sampleRole,
  sampleRoleData,
  sampleToken,
} from './samples-members.ts'

const point = (screen: TouchPoint['screen'], path: string, states: TouchPoint['states']): TouchPoint => ({
  screen,
  path: `/organization/${path}`,
  audience: 'administrator',
  states,
})

const withFrame =
  (draw: (page: { site: Parameters<Draw>[0]; frame: ReturnType<typeof sampleFrame> }) => ReturnType<Draw>): Draw =>
  (site) =>
    draw({ site, frame: sampleFrame(site) })

const invitations: TouchPoint[] = [
  point('invitations', 'invitations', {
    default: withFrame((page) => <Invitations {...page} data={sampleInvitations} />),
    empty: withFrame((page) => (
      <Invitations
        {...page}
        data={{
          ...sampleInvitations,
          invitations: [],
          counts: { pending: 0, expired: 0, accepted: 0, revoked: 0 },
          next: null,
        }}
      />
    )),
    results: withFrame((page) => (
      <Invitations
        {...page}
        notice="invitations_sent_some"
        told={{ sent: 1, others: 2 }}
        data={{
          ...sampleInvitations,
          results: [
            { email: 'noor@example.com', outcome: 'invited' },
            { email: 'ben@example.com', outcome: 'already_member' },
            { email: 'eve@example.org', outcome: 'refused', why: page.site.texts.t('failure.invitations.unknown') },
          ],
        }}
      />
    )),
  }),
  point('invite', 'invitations/new', {
    default: withFrame((page) => <Invite {...page} data={sampleInvite} />),
    error: withFrame((page) => (
      <Invite
        {...page}
        data={{ ...sampleInvite, wrong: ['hana@@example.com'], outside: ['marc@glacier.example'] }}
        values={{ emails: 'noor@example.com, hana@@example.com\nmarc@glacier.example', role: 'people-manager' }}
        failure={{ code: 'email.invalid', field: 'emails' }}
      />
    )),
  }),
  point('one-invitation', 'invitations/[invitation]', {
    default: withFrame((page) => <OneInvitation {...page} data={sampleInvitationData} />),
  }),
  point('invitations-bulk', 'invitations/bulk', {
    default: withFrame((page) => (
      <InvitationsBulk {...page} action="resend" invitations={sampleInvitations.invitations} back={null} />
    )),
    nothing: withFrame((page) => <InvitationsBulk {...page} action="resend" invitations={[]} back={null} />),
    revoke: withFrame((page) => (
      <InvitationsBulk {...page} action="revoke" invitations={sampleInvitations.invitations.slice(0, 1)} back={null} />
    )),
  }),
]

const groups: TouchPoint[] = [
  point('groups', 'groups', {
    default: withFrame((page) => <Groups {...page} data={{ groups: sampleGroups, next: null, query: {} }} />),
    empty: withFrame((page) => <Groups {...page} data={{ groups: [], next: null, query: {} }} />),
  }),
  point('group', 'groups/[group]', {
    default: withFrame((page) => <GroupPage {...page} data={sampleGroupData(page.site)} />),
    empty: withFrame((page) => (
      <GroupPage {...page} data={{ ...sampleGroupData(page.site), given: [], people: [], canFill: false }} />
    )),
  }),
  point('group-form', 'groups/new', {
    default: withFrame((page) => <GroupForm {...page} group={null} />),
    error: withFrame((page) => (
      <GroupForm
        {...page}
        group={sampleGroup}
        values={{ name: 'Zürich', attribute: 'email_domain', operator: 'is_not', value_email_domain: '' }}
        failure={{ code: 'input.invalid', field: 'rule.value' }}
      />
    )),
  }),
  point('group-members', 'groups/[group]/add', {
    default: withFrame((page) => (
      <GroupMembers
        {...page}
        data={{
          group: sampleGroup,
          people: sampleRoster(page.site),
          inside: new Set(['per_ben']),
          next: null,
          query: {},
        }}
      />
    )),
  }),
  point('give-role', 'groups/[group]/give', {
    default: withFrame((page) => (
      <GiveRole
        {...page}
        section="groups"
        subject={{ kind: 'group', id: sampleGroup.id, name: sampleGroup.name }}
        above="/organization/groups/grp_1"
        roles={sampleGiveable}
      />
    )),
  }),
  point('remove-group', 'groups/[group]/remove', {
    default: withFrame((page) => <RemoveGroup {...page} group={sampleGroup} />),
  }),
]

const roles: TouchPoint[] = [
  point('roles', 'roles', {
    default: withFrame((page) => <Roles {...page} data={{ own: [sampleRole], holders: sampleHolders }} />),
    empty: withFrame((page) => <Roles {...page} data={{ own: [], holders: null }} />),
  }),
  point('role', 'roles/[role]', {
    default: withFrame((page) => <RolePage {...page} data={sampleRoleData} />),
    nobody: withFrame((page) => (
      <RolePage {...page} data={{ ...sampleRoleData, holders: [], own: null, canTakeBack: false }} />
    )),
  }),
  point('role-form', 'roles/new', {
    default: withFrame((page) => <RoleForm {...page} own={null} held={page.frame.can.slice(0, 9)} />),
    error: withFrame((page) => (
      <RoleForm {...page} own={sampleRole} held={page.frame.can} failure={{ code: 'input.missing', field: 'name' }} />
    )),
  }),
  point('remove-role', 'roles/[role]/remove', {
    default: withFrame((page) => (
      <RemoveRole {...page} role={sampleRole} holders={holdersWords(page.site, sampleHolders.get('auditor'))} />
    )),
  }),
]

const programs: TouchPoint[] = [
  point('programs', 'programs', {
    default: withFrame((page) => (
      <Programs
        {...page}
        data={{ programs: samplePrograms, next: null, query: {}, address: sampleProgramData.address }}
      />
    )),
    empty: withFrame((page) => (
      <Programs {...page} data={{ programs: [], next: null, query: {}, address: sampleProgramData.address }} />
    )),
  }),
  point('program', 'programs/[program]', {
    default: withFrame((page) => <ProgramPage {...page} data={sampleProgramData} />),
    token: withFrame((page) => (
      <ProgramPage
        {...page}
        notice="token_created"
        data={{
          ...sampleProgramData,
          newToken: { name: 'Server in Zürich', token: 'livery_00000000000000000000000000_never-good-for-anything' },
        }}
      />
    )),
  }),
  point('program-form', 'programs/new', {
    default: withFrame((page) => <ProgramForm {...page} program={null} />),
  }),
  point('token-form', 'programs/[program]/tokens/new', {
    default: withFrame((page) => (
      <TokenForm {...page} program={sampleProgram} scopes={['people.read', 'audit.read']} />
    )),
    nothing: withFrame((page) => <TokenForm {...page} program={sampleProgram} scopes={[]} />),
  }),
  point('remove-program', 'programs/[program]/remove', {
    default: withFrame((page) => <RemoveProgram {...page} program={sampleProgram} tokens={2} />),
  }),
  point('revoke-token', 'programs/[program]/tokens/[token]', {
    default: withFrame((page) => <RevokeToken {...page} program={sampleProgram} token={sampleToken()} />),
  }),
]

export const memberTouchPoints: TouchPoint[] = [...invitations, ...groups, ...roles, ...programs]
