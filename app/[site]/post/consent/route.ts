import { secondStep } from '#core/login'
import { answering } from '../../../_doors/form.ts'

export const POST = answering(({ ctx, attempt, answer }) => secondStep(ctx, attempt, answer))
