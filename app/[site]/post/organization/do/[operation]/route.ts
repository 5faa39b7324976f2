import { answeringConsole } from '../../../../../_doors/console-form.ts'

export const POST = answeringConsole
