import { headers } from 'next/headers'

export default async function Page() {
  return <main>A page rendered for {(await headers()).get('host')}.</main>
}
