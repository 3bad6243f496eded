import { everyPlace } from '../support/everyPlace';

everyPlace('fail');
