import { signIn } from '#core/login'
import { answering } from '../../../_doors/form.ts'

export const POST = answering(({ ctx, attempt, answer }) => signIn(ctx, attempt, answer))
