// Told by trunk's start-up script how loading the program goes. A failed top-level `await` of a module fires no event in WebKit, so
// `start.js` would never hear of it: it is told here.
export default function initializer() {
  return {
    onStart() {},
    onProgress() {},
    onComplete() {},
    onSuccess() {},
    onFailure(error) {
      console.error(error);
      dispatchEvent(new Event("story-home:failed"));
    },
  };
}
