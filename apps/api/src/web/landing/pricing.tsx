import { freeWikisPerPerson, type Plans, type WikiLimits } from '@lib/acl';
import type { Texts } from '../texts/texts.js';

/** What is to be had on this server, and what it may hold. */
export interface Prices {
  /** Null where nothing is limited but single files. */
  free: WikiLimits | null;
  /** How many wikis a person has for nothing; null is any number. */
  freeWikis: number | null;
  /** Null where nobody can have more than what is free. */
  premium: WikiLimits | null;
}

/** What the configuration of this server comes to. */
export function pricesOf(plans: Plans): Prices {
  const free = plans.limitsOf('free');
  if (plans.billing === 'on') return { free, freeWikis: freeWikisPerPerson, premium: plans.limitsOf('premium') };
  const isLimited = free.pages !== null || free.attachmentBytes !== null || free.collaborators !== null;
  return { free: isLimited ? free : null, freeWikis: null, premium: null };
}

/** What it costs, in figures. */
export function Pricing({ prices, texts }: { prices: Prices; texts: Texts }) {
  const { pricing } = texts.front;
  const { free, freeWikis, premium } = prices;
  return (
    <section class="front-section" aria-labelledby="front-pricing">
      <h2 id="front-pricing">{pricing.title}</h2>
      <div class="front-prices">
        <Offer title={pricing.own.title} price={pricing.own.price} points={pricing.own.points} />
        {free === null ? (
          <Offer title={pricing.here} price={pricing.free} points={[pricing.unlimited]} />
        ) : (
          <Offer title={pricing.here} price={pricing.free} points={pointsOf(free, freeWikis, texts)} />
        )}
        {premium !== null && (
          <Offer
            {...{ title: pricing.here, price: pricing.premium, points: pointsOf(premium, null, texts) }}
            note={pricing.upgraded}
          />
        )}
      </div>
      {free !== null && premium === null && <p>{pricing.soon}</p>}
      <p class="site-soft">{pricing.always}</p>
    </section>
  );
}

interface OfferProps {
  title: string;
  price: string;
  points: readonly string[];
  note?: string;
}

function Offer({ title, price, points, note }: OfferProps) {
  return (
    <div class="front-price">
      <h3>
        {title} <span>{price}</span>
      </h3>
      <ul>
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
      {note !== undefined && <p class="site-hint">{note}</p>}
    </div>
  );
}

function pointsOf(limits: WikiLimits, wikis: number | null, { front: { pricing } }: Texts): string[] {
  const { pages, collaborators, attachmentBytes, push, customSlug, pageBytes, fileBytes } = limits;
  return [
    ...(wikis === null ? [] : [pricing.wikis(wikis)]),
    pages === null ? pricing.noPages : pricing.pages(pages),
    collaborators === null ? pricing.noPeople : pricing.people(collaborators),
    attachmentBytes === null ? pricing.noFiles : pricing.files(sizeOf(attachmentBytes)),
    push ? pricing.push : pricing.noPush,
    ...(customSlug ? [pricing.slug] : []),
    pricing.single(sizeOf(pageBytes), sizeOf(fileBytes)),
  ];
}

/** Limits are set in powers of two, and told so. */
function sizeOf(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const step = Math.min(Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)), units.length - 1);
  return `${Number((bytes / 1024 ** step).toFixed(1))} ${units[step]}`;
}
