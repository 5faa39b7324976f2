import { answeringImport } from '../../../../../_doors/import-form.ts'

export const POST = answeringImport
