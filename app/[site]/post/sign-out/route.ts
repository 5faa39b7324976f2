import { answering } from '../../../_doors/form.ts'
import { signOut } from '../../../_doors/session.ts'

export const POST = answering(async ({ site }) => {
  await signOut(site)
  return { next: '/sign-out', attempt: null, link: null }
})
