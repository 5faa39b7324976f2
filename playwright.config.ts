// The browser stories: tests/e2e/*.spec.ts against one running demo, which tests/e2e/demo.ts starts and stops.

import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from './cli/chromium.ts'

const report = process.env.LIVERY_STORIES_REPORT
const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/demo.ts',
  reporter: report ? [['dot'], ['json', { outputFile: report }]] : [['list']],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { args: chromiumArguments, ...(executablePath ? { executablePath } : {}) },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
