// The forms of what somebody proves themselves with.

import type { FormStory } from './form-story.ts'

const page = '/account/security'

/** `stand` puts somebody who has nothing but a password before them. */
export const factorStories = (stand: FormStory['stand']): FormStory[] => [
  {
    path: '/account/security/passkeys',
    page,
    answer: { intent: 'rename', passkey: 'pky_00000000000000000000000000', name: 'Work laptop' },
    needs: ['intent', 'passkey'],
    typed: ['name'],
    keeps: [],
    secrets: [],
    stand,
  },
  {
    path: '/account/security/phones',
    page,
    answer: { intent: 'remove', phone: 'pho_00000000000000000000000000' },
    needs: ['intent', 'phone'],
    typed: ['phone'],
    keeps: [],
    secrets: [],
    stand,
  },
  {
    path: '/account/security/recovery-codes',
    page,
    answer: { intent: 'done', made: 'nte_00000000000000000000000000' },
    needs: ['intent'],
    typed: [],
    keeps: [],
    secrets: [],
    stand,
  },
]
