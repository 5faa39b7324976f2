// A database of this run alone on the server that DATABASE_URL names, so that nobody's data is touched.

import pg from 'pg'

const administer = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export type Scratch = { url: string; drop: () => Promise<void> }

/** Makes it; its user has to be allowed to. */
export const scratchDatabase = async (url: string, tag = 'sample'): Promise<Scratch> => {
  const name = `livery_bench_${process.pid}_${tag}`
  await administer(url, `create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { url: own.href, drop: () => administer(url, `drop database if exists ${name} with (force)`) }
}
