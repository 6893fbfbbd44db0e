import PostalMime from 'postal-mime';

export interface Message {
  /** Lower case; only compared, never stored. */
  readonly address: string;
  readonly name: string;
  readonly subject: string;
  readonly id: string;
  /** Messages that it answers. */
  readonly answers: readonly string[];
  readonly forum: string;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** Monday 0 to Sunday 6, in the writer's own time zone. */
  readonly weekday: number;
  readonly text: string;
  /** Sent by a program, as its headers or its address say. */
  readonly automatic: boolean;
}

const automatic = /(^|[._+-])(rss|rssfeeds?|bot|daemon|mailer-daemon|postmaster|root|no-?reply|newsletters?|announce\w*|updates?|bounces?|listserv|majordomo|owner|admin|request|webmaster|news|alerts?|cron|support|customer\w*|offers?|mailing|lists?)([._+-]|@|\d)/i;

/** The archive is of 2001 and 2002: what bears another date was sent by a wrong clock. */
const [earliest, latest] = [Date.UTC(2001, 0, 1), Date.UTC(2003, 0, 1)];

/** More than any message of the archive has: cleaning takes time by the square of a line. */
const [mostBytes, mostCharacters, longestLine] = [2 ** 19, 2 ** 18, 2500];

/**
 * Reads one message: its plain text, who wrote it, when and where. What has no plain text, sender or date, or is far too long, gives nothing.
 *
 * @param bytes as the mail system stored it; a line of the mailbox format may stand first
 */
export async function readMessage(bytes: Buffer): Promise<Message | undefined> {
  if (bytes.length > mostBytes) return undefined;
  const text = bytes.toString('latin1');
  const mail = await PostalMime.parse(text.startsWith('From ') ? bytes.subarray(text.indexOf('\n') + 1) : bytes).catch(() => undefined);
  const header = (name: string) => mail?.headers.find(({ key }) => key === name)?.value ?? '';
  const sent = header('x-original-date') || header('date');
  const time = Date.parse(sent.replace(/\(.*\)/, '').trim());
  const address = mail?.from?.address?.toLowerCase() ?? '';
  if (mail?.text === undefined || mail.text === '' || address === '' || !(time >= earliest && time < latest)) return undefined;
  if (mail.text.length > mostCharacters || mail.text.split('\n').some((line) => line.length > longestLine)) return undefined;
  return {
    address,
    name: mail.from?.name ?? '',
    subject: mail.subject ?? '',
    id: mail.messageId ?? '',
    answers: [...(mail.inReplyTo ?? '').matchAll(/<[^>]+>/g), ...(mail.references ?? '').matchAll(/<[^>]+>/g)].map(([id]) => id),
    forum: /<?([\w.-]+)>?\s*$/.exec(header('list-id'))?.[1]?.toLowerCase() ?? 'none',
    time,
    weekday: localWeekday(time, sent),
    text: mail.text,
    automatic: automatic.test(address) || header('auto-submitted') !== '' || /bulk mail|newsletter/i.test(header('x-mailer')),
  };
}

function localWeekday(time: number, sent: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d)(\d\d)\b/.exec(sent) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (60 * Number(hours ?? 0) + Number(minutes ?? 0));
  return (new Date(time + 60_000 * offset).getUTCDay() + 6) % 7;
}
