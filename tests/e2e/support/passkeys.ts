// Authenticators that Chromium pretends to have (Chrome DevTools Protocol, domain WebAuthn): what is in them, and whether somebody
// touches them and shows a finger.

import type { CDPSession, Page } from '@playwright/test'
import { expect } from './expect.ts'

type Kept = { credentialId: string; rpId?: string; userName?: string; userDisplayName?: string }

export class PasskeyDevice {
  readonly #session: CDPSession
  readonly #id: string

  private constructor(session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  /** A device with nothing in it yet, in the browser of a page. Nobody touches it before they are told to. */
  static async in(page: Page): Promise<PasskeyDevice> {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable', { enableUI: false })
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
      },
    })
    return new PasskeyDevice(session, authenticatorId)
  }

  /** From now on somebody says yes to whatever is asked, or waits. */
  async touched(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#id, enabled })
  }

  /** Whether the finger that is shown is the right one. */
  async recognises(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified })
  }

  async passkeys(): Promise<Kept[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id })
    return credentials
  }

  async hosts(): Promise<string[]> {
    return (await this.passkeys()).map(({ rpId = '' }) => rpId)
  }

  /** What was told to the device has been done: so many are left in it. */
  async holds(count: number): Promise<void> {
    await expect.poll(async () => (await this.passkeys()).length).toBe(count)
  }
}
