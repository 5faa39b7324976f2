import { answeringSignedIn } from '../../../../_doors/form.ts'
import { profileForm } from '../../../../_doors/own/profile.ts'

export const POST = answeringSignedIn(profileForm)
