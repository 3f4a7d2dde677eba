import Testing
import Values

@Suite("编号")
struct IDTests {
    enum Sample {}
    enum Other {}

    let noon = Instant(secondsSince1970: 1_700_000_000)

    @Test(arguments: ["", "1", "01HF7YAT00EAQG1ZVGC2ZV7FM", "01HF7YAT00EAQG1ZVGC2ZV7FMZ0", "01HF7YAT00EAQG1ZVGC2ZV7FMU", "01HF7YAT00EAQG1ZVGC2ZV7F中"])
    func badIDsAreRefused(_ text: String) {
        #expect(refusal(of: text, as: ID<Sample>.self)?.kind == .invalid)
        #expect(ID<Sample>(rawValue: text) == nil)
    }

    @Test func bytesAndTextAgree() {
        let least = ID<Sample>(at: Instant(secondsSince1970: 0), random: Array(repeating: 0, count: 10))
        #expect(least.text == "00000000000000000000000000")
        let most = ID<Sample>(at: noon, random: Array(repeating: 0xFF, count: 10))
        #expect(most.text == "01HF7YAT00ZZZZZZZZZZZZZZZZ")
        let ordered = ID<Sample>(at: noon, random: Array(1...10))
        #expect(ordered.text == "01HF7YAT00041061050R3GG28A")
    }

    @Test func handwritingIsUnderstood() {
        #expect(read("o1hf7yat00eaqgIzvgc2zv7fmz", as: ID<Sample>.self)?.text == "01HF7YAT00EAQG1ZVGC2ZV7FMZ")
    }

    @Test func laterIsGreaterInEveryFace() {
        let ids = (0..<50).map { ID<Sample>.make(at: noon.adding(seconds: Double($0))) }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.text) == ids.map(\.text).sorted())
        #expect(ids.map(\.madeAt) == (0..<50).map { noon.adding(seconds: Double($0)) })
    }

    @Test func twoAreNeverTheSame() {
        #expect(Set((0..<1000).map { _ in ID<Sample>.make(at: noon) }).count == 1000)
    }

    @Test func oneIdentityMayBearTwoNames() {
        let id = ID<Sample>.make(at: noon)
        #expect(ID<Other>(id).text == id.text)
        #expect(ID<Other>(rawValue: id.text) == ID<Other>(id))
    }

    @Test func facesRoundTrip() throws { try expectFaces(ID<Sample>.make(at: noon)) }
}
