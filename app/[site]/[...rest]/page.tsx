import { notFound } from 'next/navigation'

/** Whatever no page answers is the site's own "not found", not the framework's. */
export default function Page() {
  notFound()
}
