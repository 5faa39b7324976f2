import { answeringSignedIn } from '../../../../../_doors/form.ts'
import { phonesForm } from '../../../../../_doors/own/phones.ts'

export const POST = answeringSignedIn(phonesForm)
