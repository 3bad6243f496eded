import { everyPlace } from '../support/everyPlace';

everyPlace('createAnother');
