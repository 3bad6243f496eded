import { everyPlace } from '../support/everyPlace';

everyPlace('returnExisting');
