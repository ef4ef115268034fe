// The words of the pages, from the same Fluent files: a page that says something else is not found by them.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync } from 'node:fs';

const texts = new URL('../../backend/domain/texts/', import.meta.url);

// What is said under a key in a language: `say('order-title', { number: 'A-1' })`.
export function words(language) {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const folder = new URL(`${language}/`, texts);
  for (const file of readdirSync(folder)) bundle.addResource(new FluentResource(readFileSync(new URL(file, folder), 'utf8')));
  return (key, facts = {}) => {
    const message = bundle.getMessage(key);
    if (!message?.value) throw new Error(`no message ${key} in ${language}`);
    const errors = [];
    const said = bundle.formatPattern(message.value, facts, errors);
    if (errors.length > 0) throw new Error(`${key}: ${errors.join(', ')}`);
    return said;
  };
}
