import { searchFor } from '../support/moneySearch';

searchFor('payinRequest');
