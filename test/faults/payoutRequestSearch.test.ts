import { searchFor } from '../support/moneySearch';

searchFor('payoutRequest');
