/** The thread in which emails are compiled. It says when it is ready, and answers one job after the other. */
import { parentPort } from 'node:worker_threads'
import mjml2html from 'mjml'
import { compile } from './compile.ts'
import type { CompileJob, CompileResult } from './job.ts'

const mistake = (cause: unknown): CompileResult => ({
  html: '',
  text: '',
  problems: [
    { code: 'emails.mjml', message: cause instanceof Error ? cause.message.slice(0, 200) : 'cannot be compiled' },
  ],
})

parentPort?.on('message', async ({ number, job }: { number: number; job: CompileJob }) => {
  const result = await compile(job).catch(mistake)
  parentPort?.postMessage({ number, result })
})
// What is slow once is slow now, not in the first job, whose time is counted.
await mjml2html('<mjml><mj-body></mj-body></mjml>', { validationLevel: 'strict', fonts: {}, ignoreIncludes: true })
parentPort?.postMessage('ready')
