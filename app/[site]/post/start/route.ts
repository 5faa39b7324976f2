import { chooseHandle, start } from '#core/login'
import { answering } from '../../../_doors/form.ts'

/** A business that begins, and the one that has to choose another name in addresses. */
export const POST = answering(async ({ ctx, attempt, answer, link }) =>
  answer.intent === 'handle' ? chooseHandle(ctx, attempt, answer) : start(ctx, attempt, await link('start'), answer),
)
