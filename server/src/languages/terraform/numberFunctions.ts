import { fixed, variadic } from './functionArguments.ts';
import { exact, UNKNOWN } from './hclValue.ts';

/** Terraform's numeric functions. */
export const numberFunctions = {
  abs: fixed(['number'], (number) => exact(Math.abs(number))),
  ceil: fixed(['number'], (number) => exact(Math.ceil(number))),
  floor: fixed(['number'], (number) => exact(Math.floor(number))),
  max: variadic('number', (numbers) => (numbers.length === 0 ? UNKNOWN : exact(Math.max(...numbers)))),
  min: variadic('number', (numbers) => (numbers.length === 0 ? UNKNOWN : exact(Math.min(...numbers)))),
  parseint: fixed(['text', 'whole'], (text, base) => {
    if (base < 2 || base > 36 || !/^-?[0-9a-z]+$/i.test(text)) return UNKNOWN;
    const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
    if (![...text.toLowerCase().replace('-', '')].every((digit) => digits.includes(digit))) return UNKNOWN;
    return exact(Number.parseInt(text, base));
  }),
  pow: fixed(['whole', 'whole'], (base, exponent) => (exponent < 0 ? UNKNOWN : exact(base ** exponent))),
  signum: fixed(['number'], (number) => Math.sign(number)),
};
