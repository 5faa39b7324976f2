import { reset } from '#core/login'
import { answering } from '../../../_doors/form.ts'

export const POST = answering(async ({ ctx, answer, link }) => reset(ctx, await link('reset'), answer))
