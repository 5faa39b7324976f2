// An authenticator app on somebody's phone. A code is accepted once, and never one that is older than the last: so the app
// hands out each code once, and waits for the next one when the three that a server may accept are spent.

import { setTimeout as wait } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'

const period = 30_000
/** What is left of a step when its code is typed must be enough to send it. */
const typingMs = 6_000

export class Authenticator {
  readonly #secret: Secret
  #lastStep = 0

  constructor(secret: string) {
    this.#secret = Secret.fromBase32(secret.replaceAll(' ', ''))
  }

  /** The next code that has not been used. */
  async nextCode(): Promise<string> {
    // Servers look one step to either side of the present one.
    const oldest = () => Math.floor((Date.now() + typingMs) / period) - 1
    const step = Math.max(this.#lastStep + 1, oldest())
    const acceptedFrom = (step - 1) * period
    while (Date.now() < acceptedFrom) await wait(acceptedFrom - Date.now())
    this.#lastStep = step
    return this.#codeAt(step)
  }

  /** Six digits that are not the code of any step near the present one. */
  wrongCode(): string {
    const present = Math.floor(Date.now() / period)
    const right = new Set([-2, -1, 0, 1, 2, 3].map((steps) => this.#codeAt(present + steps)))
    for (let code = 0; ; code += 1) {
      const digits = String(code).padStart(6, '0')
      if (!right.has(digits)) return digits
    }
  }

  #codeAt(step: number): string {
    return TOTP.generate({ secret: this.#secret, timestamp: step * period })
  }
}
