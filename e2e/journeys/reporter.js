// Says what is being done, what failed and why, and ends with the totals.
import { stripVTControlCharacters } from 'node:util';

// The most lines of an error that are shown.
const LINES_MOST = 40;

export default class Reporter {
  passed = 0;
  failed = 0;

  onTestBegin(test) {
    console.log(`journey   ${named(test)}`);
  }

  onStepEnd(test, result, step) {
    if (step.category === 'test.step') console.log(`${step.error ? 'FAILED   ' : '  ok     '} ${step.title} (${seconds(step)})`);
  }

  onTestEnd(test, result) {
    const isGood = result.status === 'passed';
    if (isGood) this.passed += 1;
    else this.failed += 1;
    console.log(`${isGood ? 'passed   ' : 'FAILED   '} ${named(test)} (${seconds(result)})`);
    for (const error of result.errors) {
      console.log(stripVTControlCharacters(error.message ?? error.value ?? '').split('\n').slice(0, LINES_MOST).join('\n'));
      if (error.location) console.log(`    at ${error.location.file}:${error.location.line}`);
    }
  }

  onError(error) {
    this.failed += 1;
    console.log(stripVTControlCharacters(error.message ?? String(error.value)));
  }

  onEnd() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }

  printsToStdio() {
    return true;
  }
}

const named = (test) => test.titlePath().filter(Boolean).join(' · ');
const seconds = ({ duration }) => `${(duration / 1000).toFixed(1)} s`;
