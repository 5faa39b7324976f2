import { enrolSecondStep, secondStep } from '#core/login'
import { answering } from '../../../_doors/form.ts'

/** The attempt knows which of the two it waits for; the form says which one it was drawn as. */
export const POST = answering(({ ctx, attempt, answer }) =>
  answer.intent === 'enrol' ? enrolSecondStep(ctx, attempt, answer) : secondStep(ctx, attempt, answer),
)
