// A person with a browser. What they do is named as they would say it; what they see is what the page shows.

import type { Locator, Page, Response } from '@playwright/test'
import { Authenticator } from './authenticator.ts'
import { expect } from './expect.ts'
import { codeIn, linkIn, type Mail, newestMail } from './mail.ts'
import { type Newcomer, newcomer } from './newcomers.ts'
import type { Address } from './world.ts'

export type Wish = {
  scripts?: boolean
  scheme?: 'light' | 'dark'
  language?: string
  width?: number
  reducedMotion?: 'reduce'
}

export class Visitor {
  readonly page: Page
  readonly address: Address
  readonly hasScripts: boolean
  /** Who they are; somebody new unless they are said to be somebody else. */
  who: Newcomer = newcomer()
  /** On their phone. */
  app: Authenticator | null = null

  constructor(page: Page, address: Address, hasScripts: boolean) {
    this.page = page
    this.address = address
    this.hasScripts = hasScripts
  }

  part(name: string): Locator {
    return this.page.locator(`[data-part="${name}"]`)
  }

  async read(part: string): Promise<string> {
    return (await this.part(part).textContent()) ?? ''
  }

  async open(path: string): Promise<Response> {
    const response = await this.page.goto(this.address.url + path)
    if (!response) throw new Error(`${path} was not answered`)
    return response
  }

  /** Does something that leads to another page, and is there. */
  async #going(act: () => Promise<unknown>): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), act()])
  }

  press = (part: string): Promise<void> => this.#going(() => this.part(part).click())

  type = (part: string, text: string): Promise<void> => this.part(part).fill(text)

  /** Types a code. With scripts the form is sent by itself as soon as the code is whole. */
  async typeCode(code: string): Promise<void> {
    const field = this.page.locator('input[name="code"]')
    const form = this.page.locator('form', { has: field })
    const isSentByItself = this.hasScripts && (await form.locator('[data-code-field="submit"]').count()) > 0
    if (isSentByItself) return this.#going(() => field.fill(code))
    await field.fill(code)
    return this.#going(() => form.locator('[type="submit"]').click())
  }

  /** The screen that is shown, at this address and in the clothes of this organization. */
  async seesScreen(name: string): Promise<void> {
    await expect(this.page.locator('main')).toHaveAttribute('data-screen', name)
    await expect(this.page.locator('html')).toHaveAttribute('data-organization', this.address.handle)
    expect(this.page.url().startsWith(`${this.address.url}/`), this.page.url()).toBe(true)
  }

  async seesAlert(text: RegExp): Promise<void> {
    await expect(this.page.locator('[role="alert"]')).toContainText(text)
  }

  async seesNotice(text: RegExp): Promise<void> {
    await expect(this.page.locator('[role="status"][data-kind]')).toContainText(text)
  }

  async isSignedIn(): Promise<boolean> {
    await this.open('/account')
    return (await this.page.locator('main').getAttribute('data-screen')) === 'account'
  }

  async fillInSignUp(): Promise<void> {
    await this.type('sign-up.given-name', this.who.givenName)
    await this.type('sign-up.family-name', this.who.familyName)
    await this.type('sign-up.email', this.who.email)
    await this.type('sign-up.password', this.who.password)
  }

  async signUp(): Promise<void> {
    await this.open('/sign-up')
    await this.fillInSignUp()
    await this.press('sign-up.submit')
    await this.seesScreen('check-mail')
  }

  readMail(template: string, count?: number): Promise<Mail> {
    return newestMail(this.who.email, template, count)
  }

  async openLink(mail: Mail): Promise<void> {
    await this.page.goto(linkIn(mail))
  }

  async proveAddressByLink(): Promise<void> {
    await this.openLink(await this.readMail('verify-email'))
    await this.seesScreen('verify')
    await this.press('verify.submit')
  }

  async proveAddressByCode(): Promise<void> {
    await this.typeCode(codeIn(await this.readMail('verify-email')))
  }

  async signIn(password = this.who.password): Promise<void> {
    await this.open('/sign-in')
    await this.answerSignIn(password)
  }

  /** Fills in the form that is shown; whoever has just recovered finds their address in it. */
  async answerSignIn(password = this.who.password): Promise<void> {
    await this.type('sign-in.username', this.who.email)
    await this.type('sign-in.password', password)
    await this.press('sign-in.submit')
  }

  async signOut(): Promise<void> {
    await this.open('/sign-out')
    await this.press('sign-out.submit')
    await this.seesScreen('sign-out')
  }

  async addSecondStep(): Promise<void> {
    await this.open('/account/security')
    await this.press('security.totp.start')
    this.app = new Authenticator(await this.read('mfa-enrol.secret'))
    await this.typeCode(await this.app.nextCode())
    await this.seesNotice(/./)
  }

  async removeSecondStep(): Promise<void> {
    await this.open('/account/security')
    await this.press('security.app.manage')
    await this.press('security.totp.remove')
    await this.press('security.totp.submit')
    await this.seesNotice(/removed/)
  }

  async answerSecondStep(): Promise<void> {
    await this.seesScreen('mfa')
    if (!this.app) throw new Error('there is no app to look at')
    await this.typeCode(await this.app.nextCode())
  }

  async changePassword(wanted: string): Promise<void> {
    await this.open('/account/security?edit=password')
    await this.type('security.password.current', this.who.password)
    await this.type('security.password.new', wanted)
    await this.press('security.password.submit')
    await this.seesScreen('security')
    this.who = { ...this.who, password: wanted }
  }

  async askForRecovery(): Promise<void> {
    await this.open('/recover')
    await this.type('recover.email', this.who.email)
    await this.press('recover.submit')
    await this.seesScreen('check-mail')
  }

  /** On the page of a recovery's link. */
  async setNewPassword(wanted: string): Promise<void> {
    await this.seesScreen('reset')
    await this.type('reset.new-password', wanted)
    await this.press('reset.submit')
    this.who = { ...this.who, password: wanted }
  }
}
