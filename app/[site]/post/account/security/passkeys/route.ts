import { answeringSignedIn } from '../../../../../_doors/form.ts'
import { passkeysForm } from '../../../../../_doors/own/passkeys.ts'

export const POST = answeringSignedIn(passkeysForm)
