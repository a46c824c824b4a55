import ipaddr from 'ipaddr.js';

/** A format that values are checked against: what is wrong with `text`, as the end of a sentence, or undefined. */
type Format = (text: string) => string | undefined;

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const DURATION = /^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * Formats by name: those of OpenAPI that API servers check, and those of Kubernetes' own types. A format that is not
 * here is not checked.
 */
const FORMATS: Readonly<Record<string, Format>> = {
  quantity: (text) => (QUANTITY.test(text) ? undefined : 'is not a quantity such as 500m, 1.5, 128Mi or 2Gi'),
  duration: (text) => (DURATION.test(text) ? undefined : 'is not a duration such as 300ms, 10s or 1h30m'),
  date: (text) => (isDate(text) ? undefined : 'is not a date such as 2026-01-31'),
  'date-time': (text) =>
    DATE_TIME.test(text) && isDate(text.slice(0, 10)) ? undefined : 'is not a time such as 2026-01-31T15:04:05Z',
  // Go's decoder skips line breaks.
  byte: (text) => (BASE64.test(text.replace(/[\r\n]/g, '')) ? undefined : 'is not base64'),
  ipv4: (text) => (ipaddr.IPv4.isValidFourPartDecimal(text) ? undefined : 'is not an IPv4 address'),
  ipv6: (text) => (text.includes(':') && ipaddr.IPv6.isValid(text) ? undefined : 'is not an IPv6 address'),
  ip: (text) => (isAddress(text) ? undefined : 'is not an IP address'),
  // `None` asks for no address, and an empty text for any.
  'cluster-ip': (text) =>
    text === '' || text === 'None' || isAddress(text) ? undefined : 'is neither an IP address nor None',
  cidr: (text) => (isCidr(text) ? undefined : 'is not an address range such as 10.0.0.0/16'),
  uuid: (text) => (UUID.test(text) ? undefined : 'is not a UUID'),
  'dns-label': (text) =>
    text.length > 63
      ? 'is longer than 63 characters'
      : DNS_LABEL.test(text)
        ? undefined
        : 'may only hold lower-case letters, digits and inner hyphens',
  'dns-subdomain': (text) =>
    text.length > 253
      ? 'is longer than 253 characters'
      : text.split('.').every((part) => DNS_LABEL.test(part))
        ? undefined
        : 'may only hold lower-case letters, digits, inner hyphens and dots',
  'label-value': (text) =>
    text.length > 63
      ? 'is longer than 63 characters'
      : LABEL_VALUE.test(text)
        ? undefined
        : 'may only hold letters, digits, and inner hyphens, underscores and dots',
  'qualified-name': qualifiedName,
  'path-segment': (text) =>
    text === '.' || text === '..' || /[/%]/.test(text) ? 'may not be a dot or hold a slash or percent sign' : undefined,
  'port-name': (text) =>
    text.length > 15
      ? 'is longer than 15 characters'
      : DNS_LABEL.test(text) && /[a-z]/.test(text) && !text.includes('--')
        ? undefined
        : 'may only hold lower-case letters (at least one), digits and single inner hyphens',
};

/** What is wrong with `text` as a `format`, as the end of a sentence; undefined when nothing is, or it cannot be told. */
export function formatFault(format: string, text: string): string | undefined {
  return FORMATS[format]?.(text);
}

/** What is wrong with a number as a `format`; the same convention. */
export function numberFormatFault(format: string, number: number): string | undefined {
  if (format === 'int32' && (number < -(2 ** 31) || number > 2 ** 31 - 1)) return 'does not fit in 32 bits';
  return undefined;
}

function qualifiedName(text: string): string | undefined {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (slash >= 0) {
    const prefix = text.slice(0, slash);
    const fault = prefix === '' ? 'has an empty prefix' : FORMATS['dns-subdomain']!(prefix);
    if (fault) return prefix === '' ? fault : `has a prefix that ${fault}`;
  }
  if (name.length > 63) return 'is longer than 63 characters after its prefix';
  return QUALIFIED_NAME.test(name)
    ? undefined
    : 'may only hold letters, digits, and inner hyphens, underscores and dots';
}

function isAddress(text: string): boolean {
  return text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
}

function isCidr(text: string): boolean {
  // ipaddr.js also takes addresses with missing parts.
  return ipaddr.isValidCIDR(text) && (text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text.split('/')[0]!));
}

function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
