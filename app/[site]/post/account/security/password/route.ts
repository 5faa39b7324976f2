import { answeringSignedIn } from '../../../../../_doors/form.ts'
import { passwordForm } from '../../../../../_doors/own/password.ts'

export const POST = answeringSignedIn(passwordForm)
