// Builds the peer application: a bare Next.js of the very version that Livery stands on.
import { spawnSync } from 'node:child_process'

/** Builds the peer in `folder`; throws with the build's own words when it fails. */
export const buildBareNext = (next: string, folder: string) => {
  const built = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the bare peer did not build:\n${built.stdout}${built.stderr}`)
}
