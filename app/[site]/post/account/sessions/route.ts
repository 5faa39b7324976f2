import { answeringSignedIn } from '../../../../_doors/form.ts'
import { sessionsForm } from '../../../../_doors/own/sessions.ts'

export const POST = answeringSignedIn(sessionsForm)
