/** The brand's pictures, in the file of the scheme that shows; without scripts. */
import type { AssetName, Scheme, ThemeAsset } from '#core/themes/contract'
import type { UiSite } from '../site.tsx'

export const assetAddress = (site: UiSite, name: AssetName, scheme: Scheme): string =>
  site.path(`/assets/${site.theme.version}/${name}-${scheme}.svg`)

/** Width to height, from the drawing's own box, so that nothing moves when it arrives. */
export function shapeOf(asset: ThemeAsset): number {
  const box = /viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(asset.light)
  const [width, height] = [Number(box?.[1]), Number(box?.[2])]
  return width > 0 && height > 0 ? width / height : 1
}

type Source = { name: AssetName; media?: string }

/** One source for each condition and scheme; the last one given has no condition. */
function sourcesOf(site: UiSite, sources: Source[]) {
  const dark = '(prefers-color-scheme: dark)'
  return sources.flatMap(({ name, media }) => {
    if (site.scheme === 'dark') return [{ media, src: assetAddress(site, name, 'dark') }]
    const light = { media, src: assetAddress(site, name, 'light') }
    if (site.scheme === 'light') return [light]
    return [{ media: media ? `${media} and ${dark}` : dark, src: assetAddress(site, name, 'dark') }, light]
  })
}

export function BrandPicture({
  site,
  sources,
  alt,
  height,
  className,
}: {
  site: UiSite
  sources: Source[]
  alt: string
  /** For pictures with a size of their own, in pixels. */
  height?: number
  className?: string | undefined
}) {
  const all = sourcesOf(site, sources)
  const last = all.at(-1)
  const asset = site.theme.assets[sources.at(-1)?.name ?? 'mark']
  if (!last || !asset) return null
  const size = height ? { height, width: Math.round(height * shapeOf(asset)) } : {}
  return (
    <picture>
      {all.slice(0, -1).map(({ media, src }) => (
        <source key={src + media} media={media} srcSet={src} type="image/svg+xml" />
      ))}
      <img src={last.src} alt={alt} className={className} {...size} />
    </picture>
  )
}

export function Logo({ site, height, className }: { site: UiSite; height?: number; className?: string }) {
  if (!site.theme.assets.wordmark) return <span className={className}>{site.organization.name}</span>
  return (
    <BrandPicture
      site={site}
      sources={[{ name: 'wordmark' }]}
      alt={site.organization.name}
      height={height ?? site.theme.logoHeight}
      className={className}
    />
  )
}
