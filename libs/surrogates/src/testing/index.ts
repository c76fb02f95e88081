export { surrogateContract } from './surrogateContract.js';
