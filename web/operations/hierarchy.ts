import { z } from 'zod'
import { move, resume, suspend } from '#core/organizations'
import { operation } from './operation.ts'
import { organizationShape, reference } from './organization-shape.ts'
import { changed } from './organizations.ts'
import { idBehind } from './target.ts'

const example = { params: { id: '{{organization}}' } }

export const suspendOrganization = operation({
  id: 'organizations.suspend',
  method: 'post',
  path: '/organizations/{id}/suspend',
  summary: 'Suspend an organization',
  description: 'Nothing of it, or of anything below it, can be reached until it is resumed.',
  can: 'organization.suspend',
  answer: organizationShape,
  fails: ['organizations.is_root'],
  example,
  onPlatform: async (tx, { by, organization }) => changed(await suspend(tx, by, organization.id)),
})

export const resumeOrganization = operation({
  id: 'organizations.resume',
  method: 'post',
  path: '/organizations/{id}/resume',
  summary: 'Resume a suspended organization',
  can: 'organization.suspend',
  answer: organizationShape,
  example,
  onPlatform: async (tx, { by, organization }) => changed(await resume(tx, by, organization.id)),
})

export const moveOrganization = operation({
  id: 'organizations.move',
  method: 'post',
  path: '/organizations/{id}/move',
  summary: 'Move an organization, and everything below it, to another parent',
  description: 'You need `organization.move` at the parent that it leaves as well.',
  can: 'organization.move',
  also: ['organization.create'],
  body: z.strictObject({ parent_id: reference }),
  answer: organizationShape,
  fails: ['organizations.is_root', 'organizations.would_be_circle', 'organizations.too_deep'],
  example: { ...example, body: { parent_id: '{{parent}}' } },
  onPlatform: async (tx, { by, organization, body }) =>
    changed(await move(tx, by, organization.id, idBehind(body.parent_id))),
})

export const hierarchyOperations = [suspendOrganization, resumeOrganization, moveOrganization]
