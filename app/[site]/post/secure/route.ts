import { secureAccount } from '#core/login'
import { answering } from '../../../_doors/form.ts'

export const POST = answering(async ({ ctx, link }) => secureAccount(ctx, await link('secure')))
