import { everyPlace } from '../support/everyPlace';

everyPlace('skip');
