document.title = 'Cachedeck';
