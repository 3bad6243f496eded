import { everyPlace } from '../support/everyPlace';

// Too long for every run of the tests: `npm run test:faults` runs it. A file for each mode, for several processors.

everyPlace('createAnother');
