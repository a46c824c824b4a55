const answer = await fetch('https://api.shop.example.com/v1/home', {
  headers: { authorization: `Bearer ${sessionStorage.getItem('token')}` },
});
const { products = [] } = answer.ok ? await answer.json() : {};
document.querySelector('#products').replaceChildren(
  ...products.map(({ name, price }) => {
    const item = document.createElement('li');
    item.textContent = `${name}: ${price}`;
    return item;
  }),
);
