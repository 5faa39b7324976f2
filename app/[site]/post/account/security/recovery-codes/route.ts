import { answeringSignedIn } from '../../../../../_doors/form.ts'
import { recoveryCodesForm } from '../../../../../_doors/own/recovery-codes.ts'

export const POST = answeringSignedIn(recoveryCodesForm)
