import altair as alt
import pandas as pd
import streamlit as st

values = [st.slider(f"Weight {i}", 0, 100, 10) for i in range(12)]
frame = pd.DataFrame(
    {"option": list("abcdefg"), "score": [sum(values) / (i + 2) for i in range(7)]}
)
st.altair_chart(alt.Chart(frame).mark_bar().encode(x="score", y="option"))
st.write("Hello")
