import { answeringSignedIn } from '../../../../../_doors/form.ts'
import { totpForm } from '../../../../../_doors/own/totp.ts'

export const POST = answeringSignedIn(totpForm)
