// Expectations as everywhere, with the patience that a busy machine needs.

import { expect as plain } from '@playwright/test'

export const expect = plain.configure({ timeout: 20_000 })
