import { notFound } from 'next/navigation'
import { emailTemplates } from '#core/emails'
import { builtInLocales } from '#core/texts/contract'
import { colorSchemes } from '#core/themes/contract'
import { touchPoints } from '#ui/touch-points'
import { galleryBrands, isGalleryOpen } from '../sample-site.ts'
import styles from './gallery.module.css'

type Filters = Record<'brand' | 'locale' | 'scheme' | 'screen' | 'state', string>
type Sample = { address: string; screen: string; state: string }

const all = 'all'

function samplesOf({ brand, locale, scheme, screen, state }: Filters): Sample[] {
  const here = `/gallery/${brand}/${locale}/${scheme}`
  const pages = touchPoints.flatMap((point) =>
    Object.keys(point.states).map((name) => ({
      address: `${here}/${point.screen}/${name}`,
      screen: point.screen as string,
      state: name,
    })),
  )
  const emails = emailTemplates.map((name) => ({ address: `${here}/emails/${name}`, screen: 'emails', state: name }))
  const wanted = (filter: string, value: string) => filter === all || filter === value
  // An email belongs to an organization; the base theme alone has nobody to write.
  return [...pages, ...(brand === 'base' ? [] : emails)].filter(
    (sample) => wanted(screen, sample.screen) && wanted(state, sample.state),
  )
}

function Filter({ name, label, value, options }: { name: string; label: string; value: string; options: string[][] }) {
  return (
    <label className={styles.filter}>
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words ?? option}
          </option>
        ))}
      </select>
    </label>
  )
}

const one = (value: string | string[] | undefined, fallback: string) => (typeof value === 'string' ? value : fallback)

/** Every touch point and email of one organization, scheme and language; or one state of all of them. */
export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  if (!isGalleryOpen()) notFound()
  const query = await searchParams
  const brands = await galleryBrands()
  const brand = brands.find(({ handle }) => handle === query.brand) ?? brands[1] ?? brands[0]
  if (!brand) notFound()
  const filters: Filters = {
    brand: brand.handle,
    locale: one(query.locale, brand.locales[0] ?? 'en'),
    scheme: one(query.scheme, 'light'),
    screen: one(query.screen, all),
    state: one(query.state, all),
  }
  const screens = [...touchPoints.map(({ screen }) => screen as string), 'emails']
  const states = [...new Set(touchPoints.flatMap((point) => Object.keys(point.states)))].sort()
  const samples = samplesOf(filters)
  return (
    <>
      <form className={styles.bar} action="/gallery">
        <h1>
          {samples.length} touch points <span>{brand.name}</span>
        </h1>
        <Filter
          name="brand"
          label="Organization"
          value={filters.brand}
          options={brands.map((b) => [b.handle, b.name])}
        />
        <Filter name="scheme" label="Scheme" value={filters.scheme} options={colorSchemes.map((s) => [s])} />
        <Filter name="locale" label="Language" value={filters.locale} options={builtInLocales.map((l) => [l])} />
        <Filter name="screen" label="Screen" value={filters.screen} options={[all, ...screens].map((s) => [s])} />
        <Filter name="state" label="State" value={filters.state} options={[all, ...states].map((s) => [s])} />
        <button type="submit">Show</button>
      </form>
      <main className={styles.canvas}>
        {samples.map(({ address, screen, state }) => (
          <a key={address} href={address} className={styles.sample}>
            <span className={styles.picture}>
              <iframe src={address} title={`${screen}, ${state}`} loading="lazy" tabIndex={-1} inert />
            </span>
            <span className={styles.name}>
              {screen} <span>{state}</span>
            </span>
          </a>
        ))}
      </main>
    </>
  )
}
