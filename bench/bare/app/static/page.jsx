export default function Page() {
  return <main>A page that is rendered once, at build time.</main>
}
